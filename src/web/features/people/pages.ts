export { default as PeopleImport } from './import/PeopleImport.tsx';
export { default as PeopleList } from './PeopleList.tsx';
export { default as Person } from './person/Person.tsx';
export { default as AccountRequests } from './requests/AccountRequests.tsx';
export { default as Roles } from './roles/Roles.tsx';
export { default as PostSet } from './sets/PostSet.tsx';
export { default as PostSets } from './sets/PostSets.tsx';
