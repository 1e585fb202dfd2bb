"""One module a target: `run(data)` raises where something does not hold; its docstring says what must."""
