import { readCatalogue } from '#domain/filing/read-catalogue.ts';

const field = { type: 'integer', unit: '', precision: 0, minimum: 0, required: true, help: '', source: null };

/**
 * An invented edition whose sections and groups differ from all of the shipped one, as parsed JSON: for any school 211.
 */
export const secondEditionJson = () => ({
  edition: 'sports-2030',
  name: '体育设施数据项目录（2030 学年）',
  documents: [],
  groups: ['场地', '器材与人员'],
  sections: [
    { key: 'campus', name: '校园', schoolTypes: [] },
    { key: 'day', name: '走读部', schoolTypes: ['211', '312'] },
    { key: 'boarding', name: '寄宿部', schoolTypes: ['312'] },
  ],
  fields: [
    { ...field, key: '跑道条数', label: '跑道条数', section: 'campus', group: '场地', carriesOver: true },
    { ...field, key: '走读生数', label: '学生数', section: 'day', group: '器材与人员', unit: '人', pupils: true },
    { ...field, key: '走读女生数', label: '女生数', section: 'day', group: '器材与人员', unit: '人' },
    {
      ...field,
      key: '走读男生数',
      label: '男生数',
      section: 'day',
      group: '器材与人员',
      derived: '走读生数 - 走读女生数',
      unit: '人',
      required: false,
    },
    { ...field, key: '寄宿生数', label: '学生数', section: 'boarding', group: '器材与人员', unit: '人', pupils: true },
    { ...field, key: '篮球个数', label: '篮球个数', section: 'campus', group: '器材与人员', unit: '个' },
  ],
  hardRules: [
    { code: 'girls', left: '走读女生数', comparison: '<=', right: '走读生数', sentence: '女生数不多于学生数' },
  ],
  changeLimit: 0.5,
  changeFloor: 2,
  plausible: [
    {
      code: 'balls',
      field: '篮球个数',
      per: 'pupils',
      minimum: 0.05,
      maximum: 1,
      name: '生均篮球',
      unit: '个',
      fromDivisor: 10,
    },
  ],
});

export const secondEdition = readCatalogue(secondEditionJson());
