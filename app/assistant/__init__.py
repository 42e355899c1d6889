"""The graph for assistants that are programs: what they may ask, and the server of the Model Context Protocol."""
