-- Gateline on H2 2 or later. Times are microseconds since 1970. Correct at READ COMMITTED.

-- Sessions, and what refresh tokens stand for. Found by id, by subject, and by when they may go.
CREATE TABLE IF NOT EXISTS gateline_login (
    id VARCHAR(255) PRIMARY KEY,
    realm VARCHAR(40) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    version BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    idle BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state VARBINARY(1000000) NOT NULL
);
CREATE INDEX IF NOT EXISTS gateline_login_subject ON gateline_login (subject);
CREATE INDEX IF NOT EXISTS gateline_login_expires ON gateline_login (expires_at);

-- What has ended: grain 0 a token, 1 a login, 2 all of a subject before an epoch.
CREATE TABLE IF NOT EXISTS gateline_revocation (
    grain SMALLINT NOT NULL,
    name VARCHAR(300) NOT NULL,
    epoch BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (grain, name)
);
CREATE INDEX IF NOT EXISTS gateline_revocation_until ON gateline_revocation (until_at);

-- Rows to lock: one holds the highest epoch, the others stand for subjects while their logins are counted.
CREATE TABLE IF NOT EXISTS gateline_lock (
    name VARCHAR(40) PRIMARY KEY,
    n BIGINT NOT NULL
);

-- What nodes tell each other. Kept for minutes.
CREATE TABLE IF NOT EXISTS gateline_change (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what VARCHAR(600) NOT NULL
);

-- One key ring a row. Secret: whoever can read it can sign.
CREATE TABLE IF NOT EXISTS gateline_key_ring (
    name VARCHAR(40) PRIMARY KEY,
    version BIGINT NOT NULL,
    document CHARACTER LARGE OBJECT NOT NULL
);
