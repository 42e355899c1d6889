"""What may be said: record classes and how they are declared, values, ids, the rules between them."""

from . import records  # whoever asks `schema.REGISTRY` finds all classes there

__all__ = ["records"]
