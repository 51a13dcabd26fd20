"""What readers look for, counted; and what follows from the counts."""
