"""Which rows mean which city: candidates, scores, decisions."""
