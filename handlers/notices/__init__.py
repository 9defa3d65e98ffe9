"""What the bot says on its own initiative: one text a kind, worked out when it is sent."""
