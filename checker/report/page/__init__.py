"""The HTML page: what it prints, prepared, and the files that print it."""
