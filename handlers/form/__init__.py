"""The conversation of the quarterly form."""
