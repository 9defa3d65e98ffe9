"""Evidence and thresholds in, the eight risks with their lights out."""

from collections.abc import Callable, Mapping

from passport.risk_evidence import Evidence
from passport.risks import Flag, Overrides, Risks, RiskState, Scale, scale_of, worst
from passport.signals import events, paperwork, partners, pupils, questionnaires

Judge = Callable[[Evidence, Scale], Flag]

JUDGES: Mapping[str, Judge] = {
    "pupils_drop": pupils.pupils_drop,
    "class_underfilled": pupils.class_underfilled,
    "target_gap": pupils.target_gap,
    "applications_low": pupils.applications_low,
    "contracts_gap": partners.contracts_gap,
    "school_without_partner": partners.school_without_partner,
    "single_partner": partners.single_partner,
    "distance_share": events.distance_share,
    "teachers_events_zero": events.teachers_events_zero,
    "joint_events_low": events.joint_events_low,
    "comment_tag": partners.comment_tag,
    "contracts_expiring": partners.contracts_expiring,
    "industry_gap": partners.industry_gap,
    "partner_idle": partners.partner_idle,
    "equipment_share": questionnaires.equipment_share,
    "grants_zero": questionnaires.grants_zero,
    "outflow_in_year": pupils.outflow_in_year,
    "off_track_admission": questionnaires.off_track_admission,
    "marks_drop": events.marks_drop,
    "careers_events_low": events.careers_events_low,
    "local_act_missing": paperwork.local_act_missing,
    "form_returned": paperwork.form_returned,
    "teachers_trained_gap": questionnaires.teachers_trained_gap,
    "card_stale": paperwork.card_stale,
    "announcements_low": questionnaires.announcements_low,
    "late_reports": paperwork.late_reports,
    "no_questions": paperwork.no_questions,
}


def judge(risks: Risks, evidence: Evidence, said: Overrides) -> tuple[RiskState, ...]:
    """In the passport's order; ``said`` are staff's thresholds over the data's."""
    states = []
    for risk in risks.risks:
        flags = tuple(JUDGES[one.key](evidence, scale_of(one, said)) for one in risk.signals)
        states.append(RiskState(risk, worst(one.light for one in flags), flags, evidence.today))
    return tuple(states)
