-- Outside the sample city nobody may switch the second factor off any more; where it was, it comes back.
update settings set value = value || '{"secondFactor": true}'
 where key = 'access' and not exists (select from settings where key = 'sample');
