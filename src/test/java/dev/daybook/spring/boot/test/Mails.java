package dev.daybook.spring.boot.test;

import org.springframework.stereotype.Component;

/** A listener whose method is in the class above it. */
@Component
class Mails extends Sender {}
