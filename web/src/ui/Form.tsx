/** A form that is checked by us and says so in our words, not by the browser in its own. */
import { Form as AriaForm, type FormProps } from 'react-aria-components'

export const Form = (props: Omit<FormProps, 'validationBehavior'>) => <AriaForm {...props} validationBehavior="aria" />
