/** The look of the field app, part by part; a later sheet may say more exactly what an earlier one said. */
import './field.css';
import './forms.css';
import './work.css';
import './maps.css';
