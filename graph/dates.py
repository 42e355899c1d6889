from citydiplomacy.loaders.dates import *  # noqa
