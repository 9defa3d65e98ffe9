"""Campaigns of enrolment, for managers: dates, posts of the channel, announcements."""
