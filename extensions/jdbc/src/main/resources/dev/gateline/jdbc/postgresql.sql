-- Gateline on PostgreSQL 12 or later. To be run as it is, by a migration tool or by JdbcStorage.createIfMissing().
-- Instants are microseconds since 1970, spans are microseconds. Subjects are bytes, so that they are compared exactly:
-- convert_from(subject, 'UTF8') shows one.

CREATE TABLE IF NOT EXISTS gateline_login (
    id VARCHAR(255) COLLATE "C" NOT NULL PRIMARY KEY,
    realm VARCHAR(40) COLLATE "C" NOT NULL,
    subject BYTEA NOT NULL,
    version BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    idle BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- when to look whether it has expired: a row that was used meanwhile is given a new due then, not at each use
    due_at BIGINT NOT NULL,
    state BYTEA NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX IF NOT EXISTS gateline_login_subject ON gateline_login (subject, realm);

CREATE INDEX IF NOT EXISTS gateline_login_due ON gateline_login (due_at);

-- locked while the logins of a subject are counted: one row for all subjects of the same hash
CREATE TABLE IF NOT EXISTS gateline_login_lock (
    id INT NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS gateline_revocation (
    grain VARCHAR(7) COLLATE "C" NOT NULL,
    revoked BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (grain, revoked)
);

CREATE INDEX IF NOT EXISTS gateline_revocation_due ON gateline_revocation (keep_until);

-- one row: the highest epoch that any subject was ever given
CREATE TABLE IF NOT EXISTS gateline_epoch (
    id INT NOT NULL PRIMARY KEY,
    highest BIGINT NOT NULL
);

-- one row: when a node last left its mark here, and in which run of the server; an older one shows what was lost
CREATE TABLE IF NOT EXISTS gateline_mark (
    id INT NOT NULL PRIMARY KEY,
    marked_at BIGINT NOT NULL,
    run VARCHAR(255) COLLATE "C" NOT NULL
) WITH (fillfactor = 50);

-- one row for each key ring, and secret: whoever reads it can sign
CREATE TABLE IF NOT EXISTS gateline_key_ring (
    name VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    content BYTEA NOT NULL
);

-- attempts to log in, counted: when a bucket of them is full again; names are keyed digests
CREATE TABLE IF NOT EXISTS gateline_rate_limit (
    name VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS gateline_rate_limit_due ON gateline_rate_limit (full_at);

CREATE TABLE IF NOT EXISTS gateline_change (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what BYTEA NOT NULL,
    published_at BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS gateline_change_published ON gateline_change (published_at);
