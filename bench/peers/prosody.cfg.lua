-- Prosody as it is compared with: its own file archive, which is its default and does not sync. As for every peer, rooms
-- send no presence to others.
modules_enabled = { "disco", "roster", "saslauth", "blocklist", "bookmarks", "carbons", "limits", "pep", "private",
  "smacks", "vcard4", "vcard_legacy", "csi_simple", "ping", "time", "uptime", "version", "mam", "posix" }
modules_disabled = { "s2s" }
data_path = "@FOLDER@/data"
certificates = "@FOLDER@"
c2s_ports = { @PORT@ }
c2s_interfaces = { "127.0.0.1" }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = "internal"
default_archive_policy = true
archive_expires_after = "1w"
storage_archive_item_limit = 10000000
log = { { levels = { min = "error" }, to = "file", filename = "@FOLDER@/prosody.log" } }
VirtualHost "localhost"
Component "conference.localhost" "muc"
  modules_enabled = { "muc_mam" }
  muc_log_by_default = true
  muc_room_locking = false
  muc_room_default_persistent = true
  muc_room_default_presence_broadcast = { visitor = false, participant = false, moderator = false }
