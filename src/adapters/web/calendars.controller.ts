import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CalendarKeeper, type WantedCalendar } from '../../application/on-call/keeper.js';
import { changeCalendarOrder, newCalendarOrder, type CalendarLine } from '../../contract/on-call.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { orRefuse, parse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** The calendars of who is on call. Each act is decided again where it is written. */
@Controller('api/calendars')
export class CalendarsController {
  constructor(private readonly keeper: CalendarKeeper) {}

  @Get()
  list(@Signed() signedIn: SignedIn): Promise<CalendarLine[]> {
    mayOrRefuse(signedIn, 'list-calendars');
    return this.keeper.list();
  }

  @Post()
  async add(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<{ calendar: string }> {
    mayOrRefuse(signedIn, 'add-calendar');
    return orRefuse(await this.keeper.add(signedIn.author, parse(newCalendarOrder, body) as WantedCalendar));
  }

  @Post(':id/change')
  @HttpCode(204)
  async change(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'change-calendar');
    orRefuse(await this.keeper.change(signedIn.author, id, parse(changeCalendarOrder, body) as WantedCalendar));
  }

  /** Waits for the address, twenty seconds at most. */
  @Post(':id/fetch')
  @HttpCode(204)
  async fetch(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'fetch-calendar');
    orRefuse(await this.keeper.fetchNow(id));
  }

  @Post(':id/remove')
  @HttpCode(204)
  async remove(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'remove-calendar');
    orRefuse(await this.keeper.withdraw(signedIn.author, id));
  }
}
