"""All that is known about what is selected: of one item everything with its origin, of several what they share."""
