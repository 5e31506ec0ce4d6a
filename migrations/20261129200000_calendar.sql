-- Tokens that read their user's calendar and nothing else.

alter table api_token
  drop constraint api_token_scopes_check,
  add constraint api_token_scopes_check
    check (cardinality(scopes) >= 1 and scopes <@ array['READ', 'WRITE', 'IMPORT', 'ADMIN', 'CALENDAR']
           and (scopes = array['CALENDAR'] or not 'CALENDAR' = any(scopes)));
