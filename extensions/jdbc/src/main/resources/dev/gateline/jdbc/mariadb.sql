-- Gateline on MariaDB 10.6 or later (or MySQL 8, untested). To be run as it is, by a migration tool or by JdbcStorage.createIfMissing().
-- Instants are microseconds since 1970, spans are microseconds. Subjects are bytes, so that they are compared exactly,
-- whatever the collation: CONVERT(subject USING utf8mb4) shows one.

CREATE TABLE IF NOT EXISTS gateline_login (
    id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    realm VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject VARBINARY(765) NOT NULL,
    version BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    idle BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- when to look whether it has expired: a row that was used meanwhile is given a new due then, not at each use
    due_at BIGINT NOT NULL,
    state MEDIUMBLOB NOT NULL,
    INDEX gateline_login_subject (subject, realm),
    INDEX gateline_login_due (due_at)
) ENGINE = InnoDB;

-- locked while the logins of a subject are counted: one row for all subjects of the same hash
CREATE TABLE IF NOT EXISTS gateline_login_lock (
    id INT NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS gateline_revocation (
    grain VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    revoked VARBINARY(900) NOT NULL,
    epoch BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (grain, revoked),
    INDEX gateline_revocation_due (keep_until)
) ENGINE = InnoDB;

-- one row: the highest epoch that any subject was ever given
CREATE TABLE IF NOT EXISTS gateline_epoch (
    id INT NOT NULL PRIMARY KEY,
    highest BIGINT NOT NULL
) ENGINE = InnoDB;

-- one row: when a node last left its mark here, and in which run of the server; an older one shows what was lost
CREATE TABLE IF NOT EXISTS gateline_mark (
    id INT NOT NULL PRIMARY KEY,
    marked_at BIGINT NOT NULL,
    run VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
) ENGINE = InnoDB;

-- one row for each key ring, and secret: whoever reads it can sign
CREATE TABLE IF NOT EXISTS gateline_key_ring (
    name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    content MEDIUMBLOB NOT NULL
) ENGINE = InnoDB;

-- attempts to log in, counted: when a bucket of them is full again; names are keyed digests
CREATE TABLE IF NOT EXISTS gateline_rate_limit (
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL,
    INDEX gateline_rate_limit_due (full_at)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS gateline_change (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    what VARBINARY(1200) NOT NULL,
    published_at BIGINT NOT NULL,
    INDEX gateline_change_published (published_at)
) ENGINE = InnoDB;
