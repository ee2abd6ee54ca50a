"""How good the answers are: labelled sets in, scorecards out."""
