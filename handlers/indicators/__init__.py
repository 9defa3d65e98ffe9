"""The passport's indicators in chat: `/indicators` before a meeting, and what stands behind."""
