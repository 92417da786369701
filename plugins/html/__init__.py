"""Whether the built pages are HTML as the standard has it: the Nu HTML checker, for `./inv check --html`."""
