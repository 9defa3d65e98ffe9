"""What parents see: open classes, seats, answers to their questions, subscriptions."""
