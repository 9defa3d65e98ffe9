"""Marks of the plan, thresholds and lights of risks, how a contract goes"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('parent_asks',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('asks', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_parent_asks'))
    )
    op.create_table('risk_lights',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('risk', sa.String(length=4), nullable=False),
    sa.Column('light', sa.String(length=8), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_lights'))
    )
    with op.batch_alter_table('risk_lights', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_risk_lights_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_risk_lights_risk'), ['risk'], unique=False)

    op.create_table('plan_marks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('measure', sa.String(length=8), nullable=False),
    sa.Column('window_start', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_plan_marks_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_marks'))
    )
    with op.batch_alter_table('plan_marks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_marks_measure_window_start'), ['measure', 'window_start'], unique=False)

    op.create_table('risk_thresholds',
    sa.Column('signal', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=16), nullable=False),
    sa.Column('value', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_risk_thresholds_by')),
    sa.PrimaryKeyConstraint('signal', 'name', name=op.f('pk_risk_thresholds'))
    )
    with op.batch_alter_table('contracts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('load', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('last_event_on', sa.Date(), nullable=True))

