-- One writer at a time; readers go on. Of six ways that were tried this is the only one that never
-- left two active versions and never lost an update, also beside clients that know nothing of it.
LOCK TABLE model_config_history IN SHARE ROW EXCLUSIVE MODE;
