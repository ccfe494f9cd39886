-- Which events of a product go to which consumer groups. `choices` are the words they were chosen by, `kinds`
-- what the words mean, `consumer_groups` ids; all between commas.
CREATE TABLE product_relation (
    product ${sorted_text} PRIMARY KEY REFERENCES product ON DELETE CASCADE,
    choices TEXT NOT NULL,
    kinds TEXT NOT NULL,
    consumer_groups TEXT NOT NULL
);

-- What whoever published a thing model calls it; empty where nobody said.
ALTER TABLE thing_model ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE thing_model ADD COLUMN description TEXT NOT NULL DEFAULT '';
