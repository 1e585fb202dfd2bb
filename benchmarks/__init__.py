"""What measures the program: see docs/speed.md."""
