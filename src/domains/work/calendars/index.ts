export { type Calendar, calendarsOf, deskCalendar, publishCalendar } from './calendar.commands.ts';
export {
  calendarProblems,
  dayAndTimeWords,
  holidaysThrough,
  officeHours,
  roundTheClock,
  type WorkingTime,
  workingTime,
} from './calendar.model.ts';
export { calendarRoutes } from './calendar.routes.ts';
export { type CalendarChange, changedSpec, changeForm, changesOf, movesFrom, whyBetween } from './change.model.ts';
export { type Limit, limitWords } from './limit.model.ts';
