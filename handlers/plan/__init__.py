"""The plan of measures in the chat: the year wheel, a measure's card, marks, choices."""
