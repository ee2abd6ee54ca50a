"""Attacks embedded in articles, run through the real prompts: what of them changes a report."""
