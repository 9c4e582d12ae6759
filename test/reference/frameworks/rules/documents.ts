/** The documents whose rules are tested here, by the id of the rule: title and number, or place and year where it has none. */
export const documents = {
  'gd-strong-county-2014': '广东省教育强县（市、区）督导验收方案（修订），2014-11',
  'gd-strong-city-ops': '广东教育强市督导验收指标评分操作说明',
  'gd-township': '广东省教育强镇督导验收',
  'gd-city-2007': '广东省教育强市督导验收方案，2007-03',
  'ningxia-2019': '宁夏对市级、县级人民政府履行教育职责评价办法（试行），2019',
  'guizhou-2005': '黔府办发〔2005〕100号',
  'fj-management-standard-school': '福建省义务教育管理标准化学校评估办法与标准（修订），闽教基〔2018〕102号',
  'fj-standard-school-2009': '福建省义务教育标准化学校，闽教综〔2009〕54号',
  'sports-2014': '中小学校体育工作评估办法，教体艺〔2014〕3号',
  'preschool-shenyang-2021': '沈教督发〔2021〕11号',
  'gansu-2020': '甘肃省县域学前教育普及普惠督导评估工作方案',
  'henan-2021': '河南省县域学前教育普及普惠督导评估，2021',
  'kindergarten-beijing': '北京市幼儿园办园质量督导评估办法（试行）',
  'kindergarten-hubei': '湖北省幼儿园办园水平综合评估，2009、2016',
  'coefficient-grades': '南昌县、陕西省示范幼儿园，江西省幼儿园办园行为督导评估',
  'jiangsu-star-school': '江苏省普通高中星级评估',
  'jinan-kindergarten': '济南市幼儿园评估验收标准',
  'zhoushan-2007': '舟山市2007年县（区）政府教育发展目标责任制考核重点项目',
  'district-org-2020s': '某市对各区绩效考评方案',
  'town-2008': '某县对乡镇督导评估指标体系',
  sichuan: '四川省义务教育示范县',
  'abc-2023': '2023年县级人民政府履行教育职责督导评估要点及计分办法',
  'shandong-2018': '山东省对市级人民政府履行教育职责评价，2018',
  'nantong-2017': '南通市对县（市、区）人民政府履行教育职责考评办法（试行）（讨论稿），2017',
  'guangdong-2018': '粤府办〔2018〕4号',
  'basic-balance-guangdong': '广东省县域义务教育均衡发展督导评估实施办法（修订），粤府教督〔2014〕13号',
  'hunan-two-inspections': '湖南省县级党政主要领导干部教育工作实绩督导考核，2004',
  'wuhan-quality-school': '武汉市小学素质教育综合督导评估方案',
  'shijiazhuang-senior': '石家庄市普通高中督导评估标准',
  'office-supervision-2x': '某区督查工作考核细则（试行）',
  'preschool-national-2020': '县域学前教育普及普惠督导评估办法，教督〔2020〕1号',
} as const;

/** The name of a test: the document with its number. */
export const documentOf = (id: keyof typeof documents): string => `${documents[id]} [${id}]`;

const seen = (...ids: readonly (keyof typeof documents)[]): readonly string[] => ids.map((id) => documents[id]);

/** The shapes that published rules have, each with where it was seen. Each has a test of its own beside those of its documents. */
export const shapes = {
  1: seen('gd-strong-county-2014', 'fj-management-standard-school'),
  2: seen('preschool-shenyang-2021', 'jiangsu-star-school'),
  3: seen('gd-strong-city-ops', 'gd-township'),
  4: seen('sichuan', 'abc-2023', 'town-2008'),
  5: seen('coefficient-grades'),
  6: seen('kindergarten-hubei', 'kindergarten-beijing'),
  7: seen('zhoushan-2007', 'district-org-2020s'),
  8: seen('sichuan', 'office-supervision-2x'),
  9: seen('town-2008'),
  10: seen('ningxia-2019'),
  11: [...seen('shandong-2018'), '三府教督办〔2021〕28号'],
  12: seen('gansu-2020', 'preschool-national-2020'),
  13: seen('hunan-two-inspections'),
  14: ['县域义务教育优质均衡发展国家督导评估认定工作规程'],
  15: ['县域义务教育均衡发展公众满意度调查，海南 2013—2014', '教育现代化满意度调查，无锡 2014'],
  16: ['临沂市 2013 年教育工作综合督导评估公告', documents.sichuan],
  17: seen('sports-2014', 'fj-standard-school-2009'),
} as const satisfies Readonly<Record<number, readonly string[]>>;

/** The name of the test of a shape: its number, and where it was seen. */
export const shapeOf = (shape: keyof typeof shapes): string => `${shape} (${shapes[shape].join('; ')})`;
