export { default as City } from './city/City.tsx';
export { default as Directory } from './Directory.tsx';
export { default as SchoolImport } from './import/SchoolImport.tsx';
export { default as School } from './school/School.tsx';
export { default as LowerUnits } from './units/LowerUnits.tsx';
export { default as Units } from './units/Units.tsx';
