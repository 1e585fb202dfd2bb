"""What teaches the judge of main texts, and what measures it: see train.py."""
