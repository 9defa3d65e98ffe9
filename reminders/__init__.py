"""What is due when. APScheduler only wakes functions up; the tables are the truth."""
