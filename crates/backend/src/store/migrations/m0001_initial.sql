-- Portable between SQLite and PostgreSQL; the names in braces stand for a type of each.
-- {text} compares by code point on both, so that sort keys order alike everywhere.

CREATE TABLE teams (
  id {uuid} NOT NULL PRIMARY KEY,
  name {text} NOT NULL
);

CREATE TABLE users (
  id {uuid} NOT NULL PRIMARY KEY,
  name {text} NOT NULL,
  email {text} NOT NULL,
  employee_number {text} NOT NULL,
  username {text},
  phone {text},
  role {text} NOT NULL,
  team_id {uuid} NOT NULL REFERENCES teams (id),
  locale {text} NOT NULL,
  time_zone {text} NOT NULL,
  password_hash {text},
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE identifiers (
  key {text} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE sessions (
  id {uuid} NOT NULL PRIMARY KEY,
  user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_active_at BIGINT NOT NULL,
  revoked_at BIGINT
);

CREATE TABLE refresh_tokens (
  hash {text} NOT NULL PRIMARY KEY,
  session_id {uuid} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  retired_at BIGINT,
  successor_hash {text},
  sealed_successor {bytes}
);

CREATE TABLE access_tokens (
  hash {text} NOT NULL PRIMARY KEY,
  session_id {uuid} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);

CREATE TABLE instance_keys (
  name {text} NOT NULL PRIMARY KEY,
  secret {bytes} NOT NULL
);

CREATE TABLE pipelines (
  id {uuid} NOT NULL PRIMARY KEY,
  name {text} NOT NULL,
  translations {text} NOT NULL,
  position INTEGER NOT NULL,
  board_version BIGINT NOT NULL
);

CREATE TABLE stages (
  id {uuid} NOT NULL PRIMARY KEY,
  pipeline_id {uuid} NOT NULL REFERENCES pipelines (id),
  name {text} NOT NULL,
  translations {text} NOT NULL,
  kind {text} NOT NULL,
  probability INTEGER NOT NULL,
  position INTEGER NOT NULL
);

CREATE TABLE customers (
  id {uuid} NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  name {text} NOT NULL,
  sort_key {text} NOT NULL,
  search_text {text} NOT NULL,
  search_phones {text} NOT NULL,
  kind {text} NOT NULL,
  status {text} NOT NULL,
  industry {text} NOT NULL,
  employees INTEGER,
  street {text} NOT NULL,
  postal_code {text} NOT NULL,
  city {text} NOT NULL,
  country {text} NOT NULL,
  website {text},
  owner_id {uuid} NOT NULL REFERENCES users (id),
  team_id {uuid} NOT NULL REFERENCES teams (id),
  language {text} NOT NULL,
  channel {text} NOT NULL,
  custom_fields {text} NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_activity_at BIGINT NOT NULL
);

CREATE TABLE customer_tags (
  customer_id {uuid} NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  tag {text} NOT NULL,
  PRIMARY KEY (customer_id, tag)
);

CREATE TABLE contacts (
  id {uuid} NOT NULL PRIMARY KEY,
  customer_id {uuid} NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  name {text} NOT NULL,
  job_title {text} NOT NULL,
  is_primary BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  phones {text} NOT NULL,
  emails {text} NOT NULL
);

CREATE TABLE deals (
  id {uuid} NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  name {text} NOT NULL,
  customer_id {uuid} NOT NULL REFERENCES customers (id),
  pipeline_id {uuid} NOT NULL REFERENCES pipelines (id),
  stage_id {uuid} NOT NULL REFERENCES stages (id),
  rank BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency {text} NOT NULL,
  probability INTEGER NOT NULL,
  expected_close {text} NOT NULL,
  owner_id {uuid} NOT NULL REFERENCES users (id),
  team_id {uuid} NOT NULL REFERENCES teams (id),
  next_step_text {text},
  next_step_due {text},
  lost_reason {text},
  stage_entered_at BIGINT NOT NULL
);

CREATE TABLE activities (
  id {uuid} NOT NULL PRIMARY KEY,
  customer_id {uuid} NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  kind {text} NOT NULL,
  at BIGINT NOT NULL,
  author_id {uuid} NOT NULL REFERENCES users (id),
  text {text} NOT NULL,
  deal_id {uuid} REFERENCES deals (id)
);

CREATE TABLE orders (
  id {uuid} NOT NULL PRIMARY KEY,
  customer_id {uuid} NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  number {text} NOT NULL,
  date {text} NOT NULL,
  lines {text} NOT NULL,
  total_minor BIGINT NOT NULL,
  currency {text} NOT NULL
);

-- Failed sign-ins within a window, by keyed hash of the identifier, also of identifiers nobody has.
CREATE TABLE sign_in_failures (
  identifier_hash {text} NOT NULL PRIMARY KEY,
  window_started_at BIGINT NOT NULL,
  failures BIGINT NOT NULL
);

CREATE INDEX identifiers_by_user ON identifiers (user_id);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX access_tokens_by_session ON access_tokens (session_id);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);
CREATE INDEX customers_by_name ON customers (sort_key, id);
CREATE INDEX customers_by_activity ON customers (last_activity_at, id);
CREATE INDEX customers_by_creation ON customers (created_at, id);
CREATE INDEX customers_by_owner ON customers (owner_id);
CREATE INDEX customers_by_team ON customers (team_id);
CREATE INDEX customer_tags_by_tag ON customer_tags (tag);
CREATE INDEX contacts_by_customer ON contacts (customer_id, position);
CREATE INDEX activities_by_customer ON activities (customer_id, at, id);
CREATE INDEX activities_by_deal ON activities (deal_id);
CREATE INDEX orders_by_customer ON orders (customer_id, date, id);
CREATE INDEX stages_by_pipeline ON stages (pipeline_id, position);
CREATE INDEX deals_by_place ON deals (stage_id, rank, id);
CREATE INDEX deals_by_customer ON deals (customer_id);
CREATE INDEX deals_by_owner ON deals (owner_id);
