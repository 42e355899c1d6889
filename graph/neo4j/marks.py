"""By what things of ours are known on a server."""

MARK = "_CityDip"
"""The label that every node of ours carries beside its own. It sorts last: Neo4j Browser colours nodes by the first."""
DIGEST = "_digest"
"""The property of every node and relationship of ours that tells how it was pushed."""
OURS = "_citydip"
"""The property, always true, that every relationship of ours carries, as nodes carry the label: patterns can ask it."""

REVISION = "revision"
"""The property of every node and relationship of ours that tells at which revision of the store a push last sent it."""
