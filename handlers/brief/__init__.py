"""«Состояние Проекта» before a meeting, one school's page, and the passport's six tasks."""
