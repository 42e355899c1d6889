from citydiplomacy.loaders.text import *  # noqa
