-- The ledger that the program wrote before its migrations were folded, with the fingerprints of the files at that time.
create table schema_migrations (
  name text primary key,
  sha256 text not null,
  app_role text not null,
  applied_at timestamptz not null default clock_timestamp()
);

insert into schema_migrations (name, sha256, app_role) values
  ('0001_directory', '1b6d07bd31c79d4b0c3ef9b2c33849ffde04badfae04c5b9f417a80be2fd1374', 'dudao_app'),
  ('0002_access', '346b8ca7e1836e72db9ae03675288eca5f23fea22e830821f5392c1bc3948e96', 'dudao_app'),
  ('0003_audit', '59d00ba84c9f76ebad784e1a105dd9b27fbcc7d4dcc358a2d4197bc217c16486', 'dudao_app'),
  ('0004_filings', 'ed5bee63e6e3ec1d2655359c56f619678da395541721ef2c6aa22a0f3ba7343b', 'dudao_app'),
  ('0005_balance', '510125a47b3a52f1fb9c8e5f05be43f930553fdc058bc98d26abd6b95d680f51', 'dudao_app'),
  ('0007_filing_details', 'd2f37aeb518d9cb3aabff4d8113e7ff9afef1b6f1ebc1d8a3c50b3bff8ce5628', 'dudao_app'),
  ('0008_standings', '71cdd9ec0a9911b4987555329cc18340d44b5387911d31cc0e377f0aa80e622a', 'dudao_app'),
  ('0009_access_changes', 'bd7124e2d87291ac4d6a9081935928140bc7c4b160e2a9d14149ad651c3f2207', 'dudao_app'),
  ('0010_audit_columns', 'd02c8c6d3235c4bedb3babbf685d035e80fd21e74770532512723891cc53fd25', 'dudao_app'),
  ('0011_second_factor', 'e52625468a809cb7194215fbf5cf6d1f120223b0f274afc7727992eddf872b58', 'dudao_app'),
  ('0012_audit_rows', '13fb9fa08c101789630970c7a24a650989f21be0a483a7331760d646d7d37547', 'dudao_app'),
  ('0013_sealing', '04f9769192771b464940ac3988ceeef3fcc42637159773b31a1d230e22d888f3', 'dudao_app'),
  ('0014_audit_entries', '3d35016d0ff34cef8cfbc0df77a25048b50d0369292ce164bce289cb91e6b526', 'dudao_app'),
  ('0016_time_steps', 'e8957fe51939cd8970494e0a48f7ad389ee2b973eb357a8286f71ac499959ecf', 'dudao_app'),
  ('0020_filing_explanations', '8635bf4f127970bf9cb096da8665aee00e30c63434f89264e71a2d042175653a', 'dudao_app'),
  ('0021_period_days', '78ac5660b1fcd4aacb9f6cde8f83abb2417db942045edaab96ebb89912d40b9d', 'dudao_app'),
  ('0022_reminders_once_a_day', '8f19996bd37d590698a507b898602dbc03f137f3348896d68f20c8bf0ea01e37', 'dudao_app'),
  ('0030_reminder_standings', '4a89f0ac8b88a543d29f1f592077c6fb9bbbccf4f7fda1151dfab0da472aba58', 'dudao_app'),
  ('0040_school_accounts_by_school', '1f8a03eb63949aa34126bfeb1a730f4a914ccb792e4d8e7e2566dadbd82e01f9', 'dudao_app'),
  ('0050_composite_side', '272e8a75750e314cb680f4602b9445dab91a169ec063508aad833c62cc42e7a5', 'dudao_app'),
  ('0051_shipped_standards', '458f80dfa65b952603f3c67a7a08f50bdb1d26c84063bd2540aafd44f0e3d2c9', 'dudao_app'),
  ('0060_default_period', 'bd8742606b79e7209967d515d117d200e2ff3f7f36db30597b6e8041059bb827', 'dudao_app');
