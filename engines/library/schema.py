"""The shape of `library.db`: an ordered tuple of migrations; a migration's number is its place, counted from 1.

    media    what the grid shows: one photo or video; holds what the user typed, and the columns that searches read
      file     1..n places where it lies: a photo alone, or a raw file with its JPEG, or a live photo with its video
        content  what the bytes are; copies share one, so each is examined once
          frame    the picture, or one moment of a video; tags and boxes hang here

A media row is never deleted, because the columns in memory are addressed by its id; it is `gone` when no file is left.
"""

from __future__ import annotations

APPLICATION_ID = 0x496D4567  # 'ImEg': tells `file` and us whose database this is

FIRST = """
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value ANY
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('change', 0);
INSERT INTO meta VALUES ('library', lower(hex(randomblob(8))));  -- tells this library's caches from another's

CREATE TABLE root (
    id         INTEGER PRIMARY KEY,
    path       BLOB NOT NULL UNIQUE,               -- absolute, os.fsencode'd
    shown      TEXT NOT NULL,                      -- the same for people, always valid UTF-8
    whole      INTEGER NOT NULL DEFAULT 1,         -- 0: only the files that were named one by one
    offline    TEXT                                -- why nothing is concluded about its files now; NULL while online
) STRICT;

CREATE TABLE folder (
    id       INTEGER PRIMARY KEY,
    root_id  INTEGER NOT NULL REFERENCES root ON DELETE CASCADE,
    path     BLOB NOT NULL,                        -- relative to the root; empty for the root itself
    shown    TEXT NOT NULL,                        -- absolute, for people
    UNIQUE (root_id, path)
) STRICT;

CREATE TABLE content (
    id          INTEGER PRIMARY KEY,
    digest      BLOB NOT NULL UNIQUE,              -- BLAKE2b-128
    whole       INTEGER NOT NULL,                  -- 0: of size and samples only
    size_bytes  INTEGER NOT NULL,
    format      TEXT,
    kind        TEXT,                              -- photo, video; NULL when it is neither
    raw         INTEGER NOT NULL DEFAULT 0,        -- 1: undeveloped sensor data
    state       TEXT NOT NULL,                     -- ok, partial, corrupt, unsupported, refused
    problem     TEXT                               -- JSON of a Message
) STRICT;
CREATE INDEX content_size ON content (size_bytes);

CREATE TABLE term (                                -- long texts that many media share, so that columns hold numbers
    id    INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,                           -- camera, lens, codec, format, label, place
    text  TEXT NOT NULL,
    UNIQUE (kind, text)
) STRICT;

CREATE TABLE media (
    id          INTEGER PRIMARY KEY,
    change      INTEGER NOT NULL,                  -- meta.change when this row last changed
    state       TEXT NOT NULL,                     -- see types.State, without offline; or 'gone'
    kind        TEXT,
    file_id     INTEGER,                           -- the main one of its files
    folder_id   INTEGER,                           -- of that file
    content_id  INTEGER,                           -- of that file
    typed       TEXT NOT NULL DEFAULT '{}',        -- JSON: facts by name, as the user typed them
    added_s     INTEGER NOT NULL,                  -- Unix time
    shown_s     INTEGER NOT NULL,                  -- the grid's order: taken_s, else the file's time
    taken_s     INTEGER,                           -- local time, as if it were UTC, in Unix seconds
    size_bytes  INTEGER,
    width       INTEGER,
    height      INTEGER,
    latitude    REAL,
    longitude   REAL,
    camera      INTEGER,                           -- term ids from here …
    lens        INTEGER,
    codec       INTEGER,
    format      INTEGER,
    label       INTEGER,
    place       INTEGER,                           -- … to here
    iso         INTEGER,
    aperture    REAL,
    exposure_s  REAL,
    focal_mm    REAL,
    rating      INTEGER,
    quality     REAL,
    sharpness   REAL,
    noise       REAL,
    colours     INTEGER NOT NULL DEFAULT 0,        -- bits of library.columns.COLOURS of which there is enough
    duration_s  REAL,
    fps         REAL,
    flags       INTEGER NOT NULL DEFAULT 0         -- bits of library.columns.FLAGS
) STRICT;
CREATE INDEX media_change ON media (change);
CREATE INDEX media_content ON media (content_id);

CREATE TABLE file (
    id             INTEGER PRIMARY KEY,
    folder_id      INTEGER NOT NULL REFERENCES folder ON DELETE CASCADE,
    name           BLOB NOT NULL,                  -- os.fsencode'd
    shown          TEXT NOT NULL,                  -- the name for people
    stem           TEXT NOT NULL,                  -- folded, without suffix: pairs raw with JPEG, photo with video
    media_id       INTEGER REFERENCES media,       -- NULL while nothing says that it is a photo or video
    content_id     INTEGER REFERENCES content,     -- NULL until examined
    role           TEXT NOT NULL DEFAULT 'main',   -- main, raw, live
    size_bytes     INTEGER NOT NULL,
    mtime_ns       INTEGER NOT NULL,
    sidecar        BLOB,                           -- name of the XMP file beside it
    sidecar_ns     INTEGER,                        -- its mtime
    sidecar_facts  TEXT,                           -- JSON, as in finding.facts
    waiting        INTEGER NOT NULL DEFAULT 1,     -- 1: new or changed, to be examined
    presence       TEXT NOT NULL DEFAULT 'present', -- or unseen: not met by the last whole scan; missing: concluded;
                                                   -- excluded: left out by a person
    problem        TEXT,                           -- JSON of a Message: why its bytes could not be had
    UNIQUE (folder_id, name)
) STRICT;
CREATE INDEX file_media ON file (media_id);
CREATE INDEX file_content ON file (content_id);
CREATE INDEX file_stem ON file (folder_id, stem);
CREATE INDEX file_waiting ON file (id) WHERE waiting = 1;
CREATE INDEX file_second ON file (content_id, media_id) WHERE role <> 'main';
CREATE INDEX file_away ON file (folder_id, presence) WHERE presence <> 'present';

CREATE VIEW place AS                               -- where each file lies and whether its root can be reached
SELECT file.id AS file_id, media_id, content_id, folder_id, root_id, offline, root.path AS root_path,
       root.shown AS root_shown, folder.path AS folder_path, folder.shown AS folder_shown, name, file.shown AS shown,
       role, size_bytes, mtime_ns, sidecar, sidecar_facts, waiting, presence, problem
FROM file JOIN folder ON folder.id = folder_id JOIN root ON root.id = root_id;

CREATE TABLE frame (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the columns in memory know whose frame it was
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    time_s      REAL                               -- NULL for a photo
) STRICT;
CREATE INDEX frame_content ON frame (content_id);

CREATE TABLE tag (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    folded  TEXT NOT NULL UNIQUE                   -- casefolded name
) STRICT;

CREATE TABLE tagging (
    frame_id  INTEGER NOT NULL REFERENCES frame ON DELETE CASCADE,
    tag_id    INTEGER NOT NULL REFERENCES tag,
    source    TEXT NOT NULL,                       -- file, user, or the network that saw it
    phase     TEXT NOT NULL,
    score     REAL NOT NULL,                       -- 0 to 1
    PRIMARY KEY (frame_id, tag_id, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting ON tagging (tag_id, score DESC, frame_id);

CREATE TABLE done (
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    phase       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    through_s   REAL,                              -- of a video: examined up to here; NULL when whole
    problem     TEXT,                              -- JSON of a Message: why there are no findings
    at_s        INTEGER NOT NULL,                  -- Unix time
    PRIMARY KEY (content_id, phase)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    phase       TEXT NOT NULL,
    facts       TEXT NOT NULL,                     -- JSON: name -> [value, source]
    PRIMARY KEY (content_id, phase)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id              INTEGER PRIMARY KEY,
    started_s       REAL NOT NULL,                 -- Unix time
    seconds         REAL,                          -- NULL: it never came to its end
    command         TEXT NOT NULL,
    counts          TEXT NOT NULL DEFAULT '{}',    -- JSON: added, changed, unchanged, failed, …
    phases          TEXT NOT NULL DEFAULT '[]',    -- JSON: name, files, seconds, per_second
    peak_memory_mb  REAL
) STRICT;

-- One row a media item, rowid = media.id. Contentless: the texts themselves are facts and names in the tables above.
CREATE VIRTUAL TABLE words USING fts5 (
    name, folder, title, caption, tags, place, camera,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
"""

# What networks see: how many of a thing, where, and what they calculated in.
SECOND = """
ALTER TABLE tagging ADD COLUMN count INTEGER NOT NULL DEFAULT 1;  -- how many were seen at once, of an object
CREATE INDEX counted ON tagging (tag_id, count, frame_id) WHERE phase = 'objects';

ALTER TABLE done ADD COLUMN precision TEXT;        -- what networks calculated in; NULL where none did

ALTER TABLE media ADD COLUMN objects INTEGER;      -- how many boxes; NULL while nobody looked

CREATE TABLE box (
    id        INTEGER PRIMARY KEY,
    frame_id  INTEGER NOT NULL REFERENCES frame ON DELETE CASCADE,
    tag_id    INTEGER NOT NULL REFERENCES tag,
    phase     TEXT NOT NULL,
    source    TEXT NOT NULL,                       -- the network that saw it
    score     REAL NOT NULL,                       -- 0 to 1
    left      REAL NOT NULL,                       -- fractions of the upright picture from here …
    top       REAL NOT NULL,
    width     REAL NOT NULL,
    height    REAL NOT NULL                        -- … to here
) STRICT;
CREATE INDEX box_frame ON box (frame_id, phase);
"""

EDITS = """
CREATE TABLE typed_tag (                           -- what a person said of a tag: media.typed as rows to search by
    tag_id    INTEGER NOT NULL REFERENCES tag,
    media_id  INTEGER NOT NULL REFERENCES media,
    holds     INTEGER NOT NULL,                    -- 1: it is right; 0: it is wrong, whatever a network says
    PRIMARY KEY (tag_id, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX typed_tag_media ON typed_tag (media_id);

CREATE TABLE edit (                                -- what a person did, oldest first
    id       INTEGER PRIMARY KEY AUTOINCREMENT,    -- never used twice: whoever remembers one must not undo another
    at_s     INTEGER NOT NULL,                     -- Unix time
    command  TEXT NOT NULL,                        -- its code
    patch    TEXT NOT NULL,                        -- JSON merge patch of media.typed that it was
    undone   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE edited (
    edit_id   INTEGER NOT NULL REFERENCES edit ON DELETE CASCADE,
    media_id  INTEGER NOT NULL REFERENCES media,
    before    TEXT NOT NULL,                       -- JSON merge patch of media.typed that takes it back
    PRIMARY KEY (edit_id, media_id)
) STRICT, WITHOUT ROWID;
"""

# What people ask for again.
SEARCHES = """
CREATE TABLE saved_search (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    folded  TEXT NOT NULL UNIQUE,                  -- casefolded name
    query   TEXT NOT NULL
) STRICT;

CREATE TABLE recent_search (
    query  TEXT PRIMARY KEY,
    at_s   REAL NOT NULL                           -- Unix time
) STRICT, WITHOUT ROWID;
"""

# What services are asked and answer: permissions, the queue, the meter, products to search by.
CLOUD = """
CREATE TABLE cloud_permission (
    path     BLOB NOT NULL,                        -- a folder or file, absolute, os.fsencode'd
    service  TEXT NOT NULL,                        -- whom it may be sent to; '': to nobody, ever
    phases   TEXT NOT NULL DEFAULT '[]',           -- JSON: asked for every file in it
    at_s     INTEGER NOT NULL,                     -- Unix time
    PRIMARY KEY (path, service)
) STRICT, WITHOUT ROWID;

CREATE TABLE cloud_request (                       -- what waits for its answer, or failed
    id          INTEGER PRIMARY KEY,
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    phase       TEXT NOT NULL,
    start_s     REAL,                              -- of a video: the stretch that is meant; NULL for all of it
    end_s       REAL,
    again       INTEGER NOT NULL DEFAULT 0,        -- 1: whatever was answered before
    tries       INTEGER NOT NULL DEFAULT 0,        -- how often it was put off
    due_s       REAL NOT NULL DEFAULT 0,           -- Unix time; not before
    asked_s     INTEGER NOT NULL,                  -- Unix time
    problem     TEXT                               -- JSON of a Message: why it is not tried any more
) STRICT;
CREATE UNIQUE INDEX cloud_request_once
    ON cloud_request (content_id, phase, coalesce(start_s, -1), coalesce(end_s, -1));

CREATE TABLE cloud_call (                          -- every request that left
    id          INTEGER PRIMARY KEY,
    at_s        REAL NOT NULL,                     -- Unix time
    service     TEXT NOT NULL,
    model       TEXT NOT NULL,
    sent_bytes  INTEGER NOT NULL,
    status      INTEGER,                           -- of HTTP; 0: no reply came; NULL: not known, or under way
    seconds     REAL
) STRICT;
CREATE INDEX cloud_call_at ON cloud_call (at_s);

CREATE TABLE cloud_reply (                         -- may be deleted at any time
    key   BLOB PRIMARY KEY,                        -- BLAKE2b-128 of all that was asked
    body  BLOB NOT NULL,
    at_s  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cloud_dead_model (
    service  TEXT NOT NULL,
    model    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at_s     INTEGER NOT NULL,
    PRIMARY KEY (service, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE cloud_answer (                        -- who gave the findings of these phases
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    phase       TEXT NOT NULL,
    model       TEXT NOT NULL,
    service     TEXT NOT NULL,
    is_local    INTEGER NOT NULL,                  -- 1: it runs on this computer
    at_s        INTEGER NOT NULL,
    PRIMARY KEY (content_id, phase)
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    folded  TEXT NOT NULL UNIQUE                   -- casefolded name
) STRICT;

CREATE TABLE media_product (                       -- made from the fact `products` whenever the columns are
    product_id  INTEGER NOT NULL REFERENCES product,
    media_id    INTEGER NOT NULL REFERENCES media,
    count       INTEGER NOT NULL,                  -- seen at once
    confidence  REAL NOT NULL,                     -- 0 to 1
    PRIMARY KEY (product_id, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_product_media ON media_product (media_id);

ALTER TABLE media ADD COLUMN products INTEGER;     -- seen at once; NULL while nobody looked

-- Two more columns, which FTS5 can only have from the start. Library fills it again, and says here how far it is.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (
    name, folder, title, caption, tags, place, camera, description, products,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO meta VALUES ('words_through', 0);
"""

# A folder that a person took out of the library keeps its rows, so that what was typed is there when it comes back.
REMOVED_ROOTS = """
ALTER TABLE root ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
"""

# What networks may have seen, for searches alone: a line a content instead of ten.
SIGHTINGS = """
CREATE TABLE sighting (
    content_id  INTEGER PRIMARY KEY REFERENCES content ON DELETE CASCADE,
    kinds       BLOB NOT NULL,                     -- uint16 little-endian: Sighting.kind
    scores      BLOB NOT NULL                      -- uint8: of each, in 255ths
) STRICT;
"""

# Films, moment by moment. A moment's vector hangs on its frame; what is seen in it is read with it.
MOMENTS = """
CREATE TABLE moment (
    frame_id    INTEGER PRIMARY KEY REFERENCES frame ON DELETE CASCADE,  -- its best frame
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    start_s     REAL NOT NULL,
    end_s       REAL NOT NULL,
    quality     REAL NOT NULL,                     -- 0 to 1
    found       TEXT NOT NULL,                     -- JSON: tags by phase, boxes of the best frame
    kinds       BLOB NOT NULL,                     -- as in sighting
    scores      BLOB NOT NULL
) STRICT;
CREATE INDEX moment_content ON moment (content_id, start_s);

CREATE TABLE glimpse (                             -- of films that are under way: single frames; dropped at the end
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    time_s      REAL NOT NULL,
    start_s     REAL NOT NULL,                     -- what it stands for, from here …
    end_s       REAL NOT NULL,                     -- … to here
    quality     REAL NOT NULL,
    found       TEXT NOT NULL,
    kinds       BLOB NOT NULL,
    scores      BLOB NOT NULL,
    vector      BLOB,                              -- float16
    PRIMARY KEY (content_id, time_s)
) STRICT;

ALTER TABLE tagging ADD COLUMN share REAL NOT NULL DEFAULT 1;  -- of a film's time
"""

# Of a vivid colour 5 % of the pixels are enough now, not 15 %: a red car is seldom larger. In bits of columns.COLOURS.
VIVID_COLOURS = """
UPDATE meta SET value = value + 1 WHERE key = 'change';
UPDATE media SET change = (SELECT value FROM meta WHERE key = 'change'), colours = colours | (
    SELECT coalesce(sum(CASE colour.value ->> '$.name' WHEN 'red' THEN 8 WHEN 'orange' THEN 16 WHEN 'yellow' THEN 32
        WHEN 'cyan' THEN 128 WHEN 'purple' THEN 512 WHEN 'pink' THEN 1024 ELSE 0 END), 0)
    FROM finding, json_each(finding.facts, '$.colours[0]') AS colour
    WHERE finding.content_id = media.content_id AND phase = 'content' AND colour.value ->> '$.share' >= 0.05
)
WHERE content_id IN (SELECT content_id FROM finding WHERE phase = 'content');
"""

# What is followed through films, and what is said in them.
TRACKS_AND_SPEECH = """
CREATE TABLE track (
    id          INTEGER PRIMARY KEY,
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    tag_id      INTEGER NOT NULL REFERENCES tag,
    source      TEXT NOT NULL,                     -- the network that saw it
    score       REAL NOT NULL,                     -- 0 to 1, of its best box
    start_s     REAL NOT NULL,
    end_s       REAL NOT NULL,
    seconds     REAL NOT NULL,                     -- seen, between these two
    best_s      REAL NOT NULL,                     -- when its best box was
    left        REAL NOT NULL,                     -- fractions of the upright picture from here …
    top         REAL NOT NULL,
    width       REAL NOT NULL,
    height      REAL NOT NULL                      -- … to here
) STRICT;
CREATE INDEX track_content ON track (content_id, start_s);

CREATE TABLE outlook (                             -- of films that are under way: what was seen; dropped at the end
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    time_s      REAL NOT NULL,
    boxes       TEXT NOT NULL,                     -- JSON: label, score, left, top, width, height of each
    PRIMARY KEY (content_id, time_s)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence (
    content_id  INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    start_s     REAL NOT NULL,
    end_s       REAL NOT NULL,
    language    TEXT NOT NULL,                     -- ISO 639, such as 'en'
    text        TEXT NOT NULL,
    words       TEXT NOT NULL,                     -- JSON: text, start_s, end_s, score of each
    PRIMARY KEY (content_id, start_s)
) STRICT, WITHOUT ROWID;

ALTER TABLE media ADD COLUMN tracks INTEGER;       -- how many things were followed; NULL while nobody did

-- One more column: what is said. Library fills it again, and says here how far it is.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (
    name, folder, title, caption, tags, place, camera, description, products, transcript,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT OR REPLACE INTO meta VALUES ('words_through', 0);
"""

# Tags that a person gave are found by their names, no longer as words of each item that has them.
GIVEN_TAGS = """
CREATE TABLE unindexed (                           -- items whose words Library gathers again when it is opened
    media_id  INTEGER PRIMARY KEY
) STRICT;
INSERT INTO unindexed SELECT DISTINCT media_id FROM typed_tag
WHERE holds = 1 AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'words_through');
"""

MIGRATIONS = (
    FIRST,
    SECOND,
    EDITS,
    SEARCHES,
    CLOUD,
    REMOVED_ROOTS,
    SIGHTINGS,
    MOMENTS,
    VIVID_COLOURS,
    TRACKS_AND_SPEECH,
    GIVEN_TAGS,
)
