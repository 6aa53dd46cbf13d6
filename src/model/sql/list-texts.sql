-- The configurations of some versions, as far as they are small, and the hashes of their texts: what
-- is needed to say in a list what each version changed.
--
-- "ids" are the versions whose texts are wanted, in the order of their urgency. What is stored in
-- more than "stored" bytes is not even looked into, and a text of more than "text" bytes is not
-- sent; either is "large". No more than "budget" bytes are sent at once, and the rest has to be asked
-- for again. Of "others" only the hashes are given, where they take no more than "other_stored".
--   psql -v ids='{00000000-0000-4000-8000-000000000001}' -v others='{}' -v stored=131072 \
--        -v other_stored=16384 -v text=524288 -v budget=1048576 -f list-texts.sql
WITH asked AS (
  SELECT i.id, i.place, true AS is_wanted
    FROM unnest(:'ids'::uuid[]) WITH ORDINALITY i (id, place)
  UNION ALL
  SELECT o.id, NULL, false
    FROM unnest(:'others'::uuid[]) o (id)
),
texts AS MATERIALIZED (
  SELECT h.id, a.place, a.is_wanted,
         CASE WHEN pg_column_size(h.config_data) <= CASE WHEN a.is_wanted THEN :'stored'::int
                                                         ELSE :'other_stored'::int END
              THEN h.config_data::text END AS text
    FROM asked a
    JOIN model_config_history h ON h.id = a.id
),
sized AS (
  SELECT t.id, t.place, t.text,
         t.is_wanted AND octet_length(t.text) <= :'text'::int AS is_sent,
         t.is_wanted AND (t.text IS NULL OR octet_length(t.text) > :'text'::int) AS is_large
    FROM texts t
)
SELECT s.id::text, encode(sha256(convert_to(s.text, 'UTF8')), 'hex'), s.is_large,
       CASE WHEN s.is_sent AND sum(octet_length(s.text)) FILTER (WHERE s.is_sent)
                               OVER (ORDER BY s.place) <= :'budget'::int
            THEN s.text END
  FROM sized s;
