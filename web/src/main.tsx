/** Starts the client. */
import './ui/tokens.css'
import './ui/base.css'
