"""Fuzzing: inputs made from small seeds by chance, against what must hold for every input. See docs/fuzzing.md."""
