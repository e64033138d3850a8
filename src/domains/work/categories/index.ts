export type { TakenIn } from './category.commands.ts';
export { type CategoryMap, readCategoryMap } from './category_map.model.ts';
export { importCategories } from './import_categories.outside.ts';
