// Makes the company of the stories before the first begins: two told at once would both make it.
import { company } from './server.js'

company()
