export { type Calendar, calendarsOf, deskCalendar, publishCalendar } from './calendar.commands.ts';
export {
  dayAndTimeWords,
  officeHours,
  roundTheClock,
  type WorkingTime,
  workingTime,
} from './calendar.model.ts';
export { calendarRoutes } from './calendar.routes.ts';
export { type Limit, limitWords } from './limit.model.ts';
