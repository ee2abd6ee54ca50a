"""What can be read off English words without any model: stems, names, numbers, dates, likeness."""
