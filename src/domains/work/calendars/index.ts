export { type Calendar, type Calendars, calendarsOf, deskCalendar, publishCalendar } from './calendar.commands.ts';
export {
  type CalendarSpec,
  calendarSchema,
  local,
  officeHours,
  roundTheClock,
  type WorkingTime,
  workingTime,
} from './calendar.model.ts';
export { calendarRoutes } from './calendar.routes.ts';
export {
  type Limit,
  type LimitUnit,
  limitSchema,
  limitWords,
  minutes,
  naturalDays,
  readLimit,
  urgentHours,
  workingDays,
  workingHours,
} from './limit.model.ts';
