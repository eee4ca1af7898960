export { handler } from '../../../functions/users/me.ts';
