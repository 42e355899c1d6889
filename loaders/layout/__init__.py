"""How a list lies in its file: what names its columns, what heads its rows, what its cells look like."""
