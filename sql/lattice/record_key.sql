-- Record keys: HMAC-SHA256(secret, audience | period | person), https://www.rfc-editor.org/rfc/rfc2104.
-- The two padded keys are session variables that exist only while keys are being made; no statement text holds them.
create or replace temp macro record_digest(audience, period, person) as
  sha256(
    getvariable('record_key_outer_pad')
    || unhex(sha256(getvariable('record_key_inner_pad') || encode(audience || '|' || period::varchar || '|' || person)))
  );

-- One of the eight 32-bit streams (0 to 7) of a digest, big-endian.
create or replace temp macro record_key(digest, stream) as ('0x' || substr(digest, 1 + 8 * stream, 8))::uinteger;

-- The cell key of a group of records: whole numbers only, so that the order of adding never matters.
create or replace temp macro cell_key(keys) as (sum(keys) % 4294967296)::uinteger;
