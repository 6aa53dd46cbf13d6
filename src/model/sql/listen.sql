-- Hears what a trigger on the table may tell, in a session of one's own: the channel is
-- model_config_history, and whatever is sent is taken as a reason to look, no more.
LISTEN model_config_history;
